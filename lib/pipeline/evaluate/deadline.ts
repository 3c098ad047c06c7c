/** Work that took too long. */
export class Late extends Error {}

/** Waits for work at most for so many milliseconds; then throws `Late`, and nobody waits for what it comes to. */
export const withDeadline = async <T>(
  work: Promise<T>,
  what: string,
  milliseconds: number,
): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Late(`${what} took longer than ${milliseconds / 1000} s`);
    timer = setTimeout(() => reject(error), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
