const noText = 'PLUMBLINE_NO_TEXT';
const sentences: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links lead in a circle',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
  ENOSPC: 'the disk is full',
  EPIPE: 'whoever read it has ended',
  EROFS: 'the file system takes no changes',
  [noText]: 'it is no text',
};

/** What the operating system says of a file, by the code of its error; `undefined` of any other error. */
const failureOf = (error: unknown, missing: string): string | undefined => {
  const code = String(Reflect.get(Object(error), 'code'));
  return code === 'ENOENT' ? missing : sentences[code];
};

/** Why a file cannot be read, in words. */
export const whyNotRead = (error: unknown): string =>
  failureOf(error, 'there is no such file') ??
  `it cannot be read (${Reflect.get(Object(error), 'code')})`;

/** What is read of a file that a person writes; an error with the code of one that is no text. */
export const asText = (text: string): string => {
  if (text.includes('\0')) throw Object.assign(new Error('no text'), { code: noText });
  return text;
};

/** Why a file cannot be written, in words; `undefined` where the error is not of a file. */
export const whyNotWritten = (error: unknown): string | undefined =>
  failureOf(error, 'it cannot be made: is its folder there?');
