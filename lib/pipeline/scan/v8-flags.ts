import { setFlagsFromString } from 'node:v8';

/** The major version of V8: 11 in Node 20, 12 in Node 22, 13 in Node 24. */
export const v8Version = Number(process.versions.v8.split('.')[0]);

/**
 * Has V8 compile a function to optimized code later than it does by default. A process that ends soon does not win back
 * what that takes. It counts for functions that are made afterwards. From Node 22 on V8 has no such flag and would print an
 * error of it: nothing is set there.
 */
export const optimizeLate = (): void => {
  // Bytes of bytecode that a function runs before; 132,000 by default in Node 20.
  if (v8Version < 12) setFlagsFromString('--interrupt-budget=400000');
};

/**
 * Has V8 put less of other functions into one that it compiles to optimized code. What runs for a second or three wins less by
 * that than compiling it takes. It counts for what is compiled afterwards.
 */
export const inlineLess = (): void => {
  // Bytes of bytecode in all; 920 by default in Node 20.
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=300');
};
