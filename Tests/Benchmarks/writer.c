/* A program that writes lines, each with one call as most programs do, from when a file appears:

   writer GO LENGTH burst LINES              as fast as its reader lets it
   writer GO LENGTH steady RATE FACTOR SECONDS STEPS
                                             RATE lines a second for SECONDS, then FACTOR times as many, and so on */


#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void wait_until(long long moment) {
    struct timespec time = {moment / 1000000000, moment % 1000000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) != 0) {}
}

static void write_line(long number, int length) {
    char line[4096];
    int used = snprintf(line, sizeof line, "%ld ", number);
    memset(line + used, 'x', sizeof line - used);
    line[length - 1] = '\n';
    if (write(1, line, length) != length) {
        exit(1);
    }
}

int main(int count, char **words) {
    int length = atoi(words[2]);
    while (access(words[1], F_OK) != 0) {
        usleep(5000);
    }
    long number = 0;
    if (strcmp(words[3], "burst") == 0) {
        for (long lines = atol(words[4]); number < lines; number++) {
            write_line(number, length);
        }
    } else {
        double rate = atof(words[4]), factor = atof(words[5]), seconds = atof(words[6]);
        long long start = now();
        srand(getpid());
        double phase = rand() / (double)RAND_MAX;
        for (int step = 0; step < atoi(words[7]); step++, rate *= factor) {
            long lines = (long)(rate * seconds + phase);
            for (long line = 0; line < lines; line++, number++) {
                wait_until(start + (long long)((line + phase) / rate * 1e9));
                write_line(number, length);
            }
            start += (long long)(seconds * 1e9);
            wait_until(start);
        }
    }
    (void)count;
    pause();
}
