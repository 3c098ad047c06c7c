/** Whether a text says something to whoever reads it: with white space, dashes and signs that nobody sees it does not. */
export const saysSomething = (text: string): boolean =>
  /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u.test(text);
