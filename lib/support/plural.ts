/** `1 call`, `2 calls`; a plural that does not end in s is given. */
export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : many}`;
