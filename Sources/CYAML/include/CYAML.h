#ifndef KEEPOCH_YAML_H
#define KEEPOCH_YAML_H

#include <stddef.h>
#include <stdint.h>

/// What stands in a YAML text, one thing after another; libyaml does the reading.
enum {
  KYM_FAILED = -1,
  KYM_END = 0,
  KYM_DOCUMENT,
  KYM_SCALAR,
  KYM_ALIAS,
  KYM_LIST,
  KYM_LIST_END,
  KYM_MAPPING,
  KYM_MAPPING_END,
};

typedef struct {
  int kind;
  /// Of a scalar: whether it stands without quotes, so that it may be a number.
  int is_plain;
  /// From 1.
  size_t line;
  /// A scalar's text, or why the text is not YAML; not ended by a zero byte.
  const char *text;
  size_t length;
  /// Zero where there is none.
  const char *anchor;
  const char *tag;
} kym_event;

typedef struct kym_reader kym_reader;

/// Zero when libyaml is not installed, or without memory. The bytes must outlive the reader. The
/// library is opened at the first call, so that a program that reads no YAML never loads it.
kym_reader *kym_open(const uint8_t *bytes, size_t length);

/// Whether libyaml could be opened.
int kym_is_there(void);

/// The next thing; what its pointers show lives until the next call. After the end, or a failure,
/// the same comes again.
void kym_next(kym_reader *reader, kym_event *event);

void kym_close(kym_reader *reader);

#endif
