/* Prints the pinyin initial of each character U+4E00–U+9FFF, in order, `-` where there is none.
   cc -o pinyin-initials scripts/pinyin-initials.c -licui18n -licuuc (libicu-dev 72.1) */
#include <stdio.h>
#include <unicode/utrans.h>

int main(void) {
  static UChar text[200000];
  static const UChar id[] = u"Han-Latin; Latin-ASCII";
  UErrorCode error = U_ZERO_ERROR;
  UTransliterator *latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
  int32_t length = 0;
  for (UChar character = 0x4E00; character <= 0x9FFF; character++) {
    text[length++] = character;
    text[length++] = '\n';
  }
  int32_t limit = length;
  utrans_transUChars(latin, text, &length, 200000, 0, &limit, &error);
  if (U_FAILURE(error)) return 1;
  for (int32_t i = 0; i < length; i++) {
    if (i > 0 && text[i - 1] != '\n') continue;
    putchar(text[i] >= 'a' && text[i] <= 'z' ? text[i] : '-');
  }
  putchar('\n');
  return 0;
}
