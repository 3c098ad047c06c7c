import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import { UserError } from '../../support/user-error.ts';
import { yamlProblem } from './yaml-words.ts';

export type Path = readonly PropertyKey[];
export interface Source {
  readonly value: unknown;
  /** `plumbline.yaml:7:3` of the key or item at a path, or of what is nearest above it. */
  at(path: Path): string;
}

/** The value of a YAML text and where each part of it stands; throws where it is no YAML or ambiguous. */
export const readYaml = (text: string, fileName: string): Source => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${fileName}:${line}:${col}`;
  };
  // A warning is a tag that was not understood: the value would not be what is written.
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0)
    throw new UserError(
      problems.map(({ pos, code }) => `${place(pos[0])}: ${yamlProblem(code)}`).join('\n'),
    );

  const resolved = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  const step = (node: unknown, key: PropertyKey): [at: Node | undefined, value: unknown] => {
    if (isSeq(node) && typeof key === 'number') {
      const item = node.items[key];
      return [isNode(item) ? item : undefined, resolved(item)];
    }
    const pair = isMap(node)
      ? node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(key))
      : undefined;
    return [isScalar(pair?.key) ? pair.key : undefined, resolved(pair?.value)];
  };
  const at = (path: Path): string => {
    let [offset, node]: [number, unknown] = [0, document.contents];
    for (const key of path) {
      const [found, value] = step(node, key);
      offset = found?.range?.[0] ?? offset;
      node = value;
    }
    return place(offset);
  };
  try {
    return { value: document.toJS(), at };
  } catch (cause) {
    throw new UserError(
      `${fileName}: an alias (*name) stands for no anchor (&name) above it, or for too much`,
      {
        cause,
      },
    );
  }
};
