/** Made once for each process, when first asked for; made again where that failed. */
export const once = <Asked extends readonly unknown[], Made>(
  make: (...asked: Asked) => Promise<Made>,
): ((...asked: Asked) => Promise<Made>) => {
  let made: Promise<Made> | undefined;
  return (...asked) => {
    made ??= make(...asked).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
};
