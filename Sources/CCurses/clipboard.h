#ifndef KEEPOCH_CLIPBOARD_H
#define KEEPOCH_CLIPBOARD_H

#include <stdint.h>

/// Asks the terminal behind a descriptor to put bytes into its clipboard (OSC 52), also through tmux and GNU
/// screen. Returns 0 when they are too many.
int kcu_clipboard_put(int output, const uint8_t *bytes, int count);

#endif
