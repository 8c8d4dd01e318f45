/* Loaded before the C library (LD_PRELOAD): reads, writes and syncs of some files fail with EIO, as on a broken disk.
 * FAILING_PART  part of the path of the files; without it nothing fails
 * FAILING_KINDS of "read write fsync"; all without it
 * FAILING_FLAG  a file; if the variable is set, nothing fails before that file exists
 * Copies inside the kernel are refused, so that programs read and write the data themselves. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>
static int fails(int fd, const char *kind) {
    const char *part = getenv("FAILING_PART"), *kinds = getenv("FAILING_KINDS"), *flag = getenv("FAILING_FLAG");
    if (!part || (kinds && !strstr(kinds, kind))) return 0;
    if (flag && access(flag, F_OK)) return 0;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    if (!strstr(path, part)) return 0;
    errno = EIO;
    return 1;
}
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
ssize_t read(int fd, void *b, size_t n) { return fails(fd, "read") ? -1 : NEXT(read)(fd, b, n); }
ssize_t pread(int fd, void *b, size_t n, off_t o) { return fails(fd, "read") ? -1 : NEXT(pread)(fd, b, n, o); }
ssize_t pread64(int fd, void *b, size_t n, off64_t o) { return fails(fd, "read") ? -1 : NEXT(pread64)(fd, b, n, o); }
ssize_t write(int fd, const void *b, size_t n) { return fails(fd, "write") ? -1 : NEXT(write)(fd, b, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { return fails(fd, "write") ? -1 : NEXT(pwrite)(fd, b, n, o); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) { return fails(fd, "write") ? -1 : NEXT(pwrite64)(fd, b, n, o); }
ssize_t sendfile64(int o, int i, off64_t *p, size_t n) { errno = ENOSYS; return -1; }
ssize_t sendfile(int o, int i, off_t *p, size_t n) { errno = ENOSYS; return -1; }
ssize_t copy_file_range(int i, off64_t *pi, int o, off64_t *po, size_t n, unsigned f) { errno = ENOSYS; return -1; }
int fsync(int fd) { return fails(fd, "fsync") ? -1 : NEXT(fsync)(fd); }
int fdatasync(int fd) { return fails(fd, "fsync") ? -1 : NEXT(fdatasync)(fd); }
