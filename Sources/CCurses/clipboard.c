#define _GNU_SOURCE 1

#include "clipboard.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// More than this many terminals drop without a word.
enum { longest_copy = 74994 };

static void put_bytes(int output, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(output, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    length -= (size_t)written;
  }
}

static void mark(int output, const char *text) { put_bytes(output, text, strlen(text)); }

int kcu_clipboard_put(int output, const uint8_t *bytes, int count) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  size_t length = 4 * (((size_t)count + 2) / 3);
  if (length > longest_copy) return 0;
  char *text = malloc(length + 16);
  if (!text) return 0;
  size_t end = (size_t)sprintf(text, "\033]52;c;");
  for (int index = 0; index < count; index += 3) {
    int left = count - index;
    uint32_t group = (uint32_t)bytes[index] << 16;
    if (left > 1) group |= (uint32_t)bytes[index + 1] << 8;
    if (left > 2) group |= bytes[index + 2];
    text[end++] = digits[group >> 18];
    text[end++] = digits[group >> 12 & 63];
    text[end++] = left > 1 ? digits[group >> 6 & 63] : '=';
    text[end++] = left > 2 ? digits[group & 63] : '=';
  }
  text[end++] = 7;
  if (getenv("STY")) {
    // GNU screen hands on what stands in a DCS, of which it takes 768 bytes at once.
    for (size_t start = 0; start < end; start += 512) {
      mark(output, "\033P");
      put_bytes(output, text + start, end - start < 512 ? end - start : 512);
      mark(output, "\033\\");
    }
  } else {
    put_bytes(output, text, end);
    if (getenv("TMUX")) {
      // Where tmux keeps the clipboard to itself but lets sequences through.
      mark(output, "\033Ptmux;\033");
      put_bytes(output, text, end);
      mark(output, "\033\\");
    }
  }
  free(text);
  return 1;
}
