#include "CYAML.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct kym_reader {
  yaml_parser_t parser;
  yaml_event_t event;
  int has_event;
  int ended;
  kym_event last;
};

static struct {
  int (*initialize)(yaml_parser_t *);
  void (*destroy)(yaml_parser_t *);
  void (*set_input)(yaml_parser_t *, const unsigned char *, size_t);
  int (*parse)(yaml_parser_t *, yaml_event_t *);
  void (*destroy_event)(yaml_event_t *);
  int ready;
} yaml;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_library(void) {
  void *library = dlopen("libyaml-0.so.2", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  yaml.initialize = (int (*)(yaml_parser_t *))dlsym(library, "yaml_parser_initialize");
  yaml.destroy = (void (*)(yaml_parser_t *))dlsym(library, "yaml_parser_delete");
  yaml.set_input = (void (*)(yaml_parser_t *, const unsigned char *, size_t))dlsym(
      library, "yaml_parser_set_input_string");
  yaml.parse = (int (*)(yaml_parser_t *, yaml_event_t *))dlsym(library, "yaml_parser_parse");
  yaml.destroy_event = (void (*)(yaml_event_t *))dlsym(library, "yaml_event_delete");
  yaml.ready = yaml.initialize && yaml.destroy && yaml.set_input && yaml.parse &&
               yaml.destroy_event;
}

int kym_is_there(void) {
  pthread_once(&once, open_library);
  return yaml.ready;
}

kym_reader *kym_open(const uint8_t *bytes, size_t length) {
  if (!kym_is_there()) return 0;
  kym_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return 0;
  if (!yaml.initialize(&reader->parser)) {
    free(reader);
    return 0;
  }
  yaml.set_input(&reader->parser, bytes, length);
  return reader;
}

static void describe(const yaml_event_t *event, kym_event *result) {
  const yaml_char_t *anchor = 0, *tag = 0;
  switch (event->type) {
    case YAML_DOCUMENT_START_EVENT: result->kind = KYM_DOCUMENT; break;
    case YAML_ALIAS_EVENT:
      result->kind = KYM_ALIAS;
      anchor = event->data.alias.anchor;
      break;
    case YAML_SCALAR_EVENT:
      result->kind = KYM_SCALAR;
      result->is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
      result->text = (const char *)event->data.scalar.value;
      result->length = event->data.scalar.length;
      anchor = event->data.scalar.anchor;
      tag = event->data.scalar.tag;
      break;
    case YAML_SEQUENCE_START_EVENT:
      result->kind = KYM_LIST;
      anchor = event->data.sequence_start.anchor;
      tag = event->data.sequence_start.tag;
      break;
    case YAML_SEQUENCE_END_EVENT: result->kind = KYM_LIST_END; break;
    case YAML_MAPPING_START_EVENT:
      result->kind = KYM_MAPPING;
      anchor = event->data.mapping_start.anchor;
      tag = event->data.mapping_start.tag;
      break;
    case YAML_MAPPING_END_EVENT: result->kind = KYM_MAPPING_END; break;
    default: break;
  }
  result->anchor = (const char *)anchor;
  result->tag = (const char *)tag;
}

void kym_next(kym_reader *reader, kym_event *result) {
  while (!reader->ended) {
    if (reader->has_event) yaml.destroy_event(&reader->event);
    reader->has_event = 0;
    memset(&reader->last, 0, sizeof reader->last);
    if (!yaml.parse(&reader->parser, &reader->event)) {
      const char *problem = reader->parser.problem;
      reader->ended = 1;
      reader->last.kind = KYM_FAILED;
      reader->last.text = problem ? problem : "out of memory";
      reader->last.length = strlen(reader->last.text);
      reader->last.line = reader->parser.problem_mark.line + 1;
      break;
    }
    reader->has_event = 1;
    if (reader->event.type == YAML_STREAM_END_EVENT) {
      reader->ended = 1;
      break;
    }
    describe(&reader->event, &reader->last);
    reader->last.line = reader->event.start_mark.line + 1;
    if (reader->last.kind != KYM_END) break;
  }
  *result = reader->last;
}

void kym_close(kym_reader *reader) {
  if (!reader) return;
  if (reader->has_event) yaml.destroy_event(&reader->event);
  yaml.destroy(&reader->parser);
  free(reader);
}
