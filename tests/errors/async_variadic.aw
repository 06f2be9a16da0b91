/* The arguments after ... do not outlive the call. */
async int sum(int n, ...);
async int fine(int n, const int *v);
