/* async without anything to be async. */
async struct s { int x; };
async int;
