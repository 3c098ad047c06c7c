import { CannotEdit, type Edit } from '../../templates/edit/tree-edits.ts';
import { readDockerfile } from './read.ts';

/** A Dockerfile with instructions written anew, each by the line that it begins at. */
export const editDockerfile = (text: string, edits: readonly Edit[]): string => {
  const lines = text.split('\n');
  const ends = new Map(
    readDockerfile({ file: '', path: '', text }).instructions.map(({ line, endLine }) => [
      line,
      endLine,
    ]),
  );
  const changed = edits.map(({ path: [, line], ...edit }) => {
    const end = ends.get(Number(line));
    if (end === undefined || !('value' in edit))
      throw new CannotEdit('no instruction begins there');
    return { first: Number(line), end, source: String(edit.value) };
  });
  for (const { first, end, source } of changed.toSorted((a, b) => b.first - a.first)) {
    const isWindows = lines[first - 1]?.endsWith('\r') ?? false;
    const made = source.split('\n');
    // The last line of a file can have no end.
    const tail = lines[end - 1]?.endsWith('\r') ? '\r' : '';
    lines.splice(first - 1, end - first + 1, `${made.join(isWindows ? '\r\n' : '\n')}${tail}`);
  }
  return lines.join('\n');
};
