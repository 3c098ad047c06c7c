import { Refusal } from '../security-hub/refusal.ts';

/** A page of a list and, where more follow, what the next one is asked for with. */
export const pageOf = <T>(all: readonly T[], size: number, most: number, token = '0') => {
  if (size < 1 || size > most)
    throw new Refusal('ValidationException', 400, `MaxResults is from 1 to ${most}, not ${size}`);
  if (!/^\d+$/.test(token)) throw new Refusal('InvalidNextToken', 400, 'The token is not valid.');
  const from = Number(token);
  const to = from + size;
  return { items: all.slice(from, to), next: to < all.length ? { NextToken: String(to) } : {} };
};
