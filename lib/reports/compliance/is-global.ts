import type { Control } from '../../model/control.ts';

/** Whether all that a control evaluates is in no one region. */
export const isGlobal = ({ resources }: Control): boolean =>
  resources.every(({ scope }) => scope !== 'regional');
