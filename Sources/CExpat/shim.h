#include <expat.h>
#include <stddef.h>
#include <stdlib.h>

/// What one parser may take: names it has seen, elements that are open, a tag that is not complete. A part of a
/// workbook needs some hundred kilobytes.
#define EXPAT_MOST_MEMORY ((size_t)32 << 20)
/// Before each block stands its size, in as much room as keeps the block aligned.
#define EXPAT_BLOCK_HEAD 16

/// Of the one parser that is at work on this thread: expat tells its allocator no more than sizes.
static inline size_t *expat_memory_used(void) {
  static _Thread_local size_t used;
  return &used;
}

static void *expat_bounded_realloc(void *block, size_t size) {
  size_t *head = block == NULL ? NULL : (size_t *)((char *)block - EXPAT_BLOCK_HEAD);
  size_t others = *expat_memory_used() - (head == NULL ? 0 : *head);
  if (others > EXPAT_MOST_MEMORY || size > EXPAT_MOST_MEMORY - others) return NULL;
  head = (size_t *)realloc(head, size + EXPAT_BLOCK_HEAD);
  if (head == NULL) return NULL;
  *head = size;
  *expat_memory_used() = others + size;
  return (char *)head + EXPAT_BLOCK_HEAD;
}

static void *expat_bounded_malloc(size_t size) { return expat_bounded_realloc(NULL, size); }

static void expat_bounded_free(void *block) {
  if (block == NULL) return;
  size_t *head = (size_t *)((char *)block - EXPAT_BLOCK_HEAD);
  *expat_memory_used() -= *head;
  free(head);
}

/// A parser without namespaces that fails when it needs too much memory. It must be freed on the same thread,
/// before the next one is made.
static inline XML_Parser expat_bounded_parser(void) {
  const XML_Memory_Handling_Suite suite = {
      expat_bounded_malloc, expat_bounded_realloc, expat_bounded_free};
  *expat_memory_used() = 0;
  return XML_ParserCreate_MM(NULL, &suite, NULL);
}
