// The static program runs on every Linux, whatever C library that has.
#if !os(Linux) || !canImport(Glibc)
#error("listenerd is built on Linux with glibc: it needs /proc, and the signals, locks and sockets of Linux")
#endif
