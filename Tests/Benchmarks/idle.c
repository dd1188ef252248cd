/* An event listener that does nothing: as little as supervisord's protocol can cost. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char input[1 << 20];

static void say(const char *text) {
    if (write(1, text, strlen(text)) < 0)
        exit(1);
}

int main(void) {
    size_t have = 0;
    say("READY\n");
    for (;;) {
        ssize_t count = read(0, input + have, sizeof input - 1 - have);
        if (count <= 0)
            return count < 0;
        have += (size_t)count;
        input[have] = '\0';
        char *end = strchr(input, '\n');
        char *length = strstr(input, " len:");
        if (end == NULL || length == NULL)
            continue;
        /* supervisord sends one event for each answer; payloads are ASCII here. */
        if (have < (size_t)(end + 1 - input) + (size_t)atol(length + 5))
            continue;
        have = 0;
        say("RESULT 2\nOKREADY\n");
    }
}
