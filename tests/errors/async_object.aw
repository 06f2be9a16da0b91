/* async belongs to functions and pointers to them. */
async int counter;
struct conn {
    async int id;
};
typedef async int number;
