import type { Format } from './check/format.ts';
import { compose } from './compose/format.ts';
import { dockerfile } from './dockerfile/format.ts';
import { kubernetes } from './kubernetes/format.ts';

/** The kinds of file that are read; the first that knows a text takes it. */
export const formats: readonly Format[] = [kubernetes, compose, dockerfile];
