/* An async function always ends for who awaits it. */
_Noreturn async void spin(void);
async void start(void) __attribute__((constructor));
