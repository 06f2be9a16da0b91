/* options: -Wblocking -Wno-shadow -Wblocking-call */
int x;
