// How many multiplications and additions a second this machine can do at most, from registers alone.
#ifndef MACHINE_PEAK_H
#define MACHINE_PEAK_H

enum machine_peak_kind { PEAK_DOUBLE = 0, PEAK_SINGLE = 1, PEAK_BYTES = 2 };

// Operations a second on so many threads, a product and a sum being two; takes about `seconds`. Bytes are
// those of VNNI where the processor has it, else pairs of 16 bits as AVX2 multiplies them. 0 where
// the processor has none of these.
double machine_peak(int kind, int threads, double seconds);
// Of a kind: the instructions it was measured with.
const char *machine_peak_words(int kind);

#endif
