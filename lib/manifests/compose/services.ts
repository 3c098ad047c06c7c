import { asRecord } from '../../support/untyped.ts';
import type { Remark } from '../check/format.ts';
import type { ComposeFile, ComposeFiles, Tree } from './files.ts';
import { merged, mergedPart } from './merge.ts';

/** A service with all that it extends. */
interface Whole {
  readonly name: string;
  readonly tree: Tree;
}

const deepest = 30;

interface Base {
  readonly file: string | undefined;
  readonly service: string;
}
const baseOf = (service: Tree): Base | undefined => {
  const said = service['extends'];
  if (typeof said === 'string') return { file: undefined, service: said };
  const { file, service: name } = asRecord(said);
  return typeof name === 'string'
    ? { file: typeof file === 'string' ? file : undefined, service: name }
    : undefined;
};

/** A tag on all of them says how they are merged, and not what they are. */
const servicesIn = (tree: Tree): Tree => {
  const services = asRecord(tree['services']);
  return asRecord(services['Fn::override'] ?? services);
};
const declaredServices = new WeakMap<ComposeFile, Tree>();
/** The services that a file declares; a file of thousands is not looked through for each. */
const servicesOf = (file: ComposeFile): Tree => {
  const known = declaredServices.get(file) ?? servicesIn(file.tree);
  declaredServices.set(file, known);
  return known;
};

/** The services of a file and of what is merged over it, each with the first of these that says it. */
const servicesBy = (file: ComposeFile, files: ComposeFiles): ReadonlyMap<string, ComposeFile> => {
  const found = new Map<string, ComposeFile>();
  for (const layer of files.layersOf(file))
    for (const name of Object.keys(servicesOf(layer))) if (!found.has(name)) found.set(name, layer);
  return found;
};

/** What of a service its file says, its override included; `undefined` where there is no such service. */
const ownOf = (file: ComposeFile, name: string, files: ComposeFiles): Tree | undefined => {
  const parts = files.layersOf(file).flatMap((one) => {
    const declared = servicesOf(one);
    return Object.hasOwn(declared, name) ? [declared[name]] : [];
  });
  return parts.length === 0
    ? undefined
    : parts.reduce<Tree>((made, part) => asRecord(mergedPart(made, part)), {});
};

/** A service with what it extends, or why that is not known. */
const wholeService = (
  file: ComposeFile,
  name: string,
  files: ComposeFiles,
  depth = 0,
): Whole | string => {
  const own = ownOf(file, name, files);
  if (!own) return `there is no service ${name} in ${file.file}`;
  const base = baseOf(own);
  if (!base) return { name, tree: own };
  if (depth > deepest) return 'what it extends leads in a circle';
  const from = base.file === undefined ? file : files.named(file, base.file);
  if (!from) return `${base.file} is not read`;
  const found = wholeService(from, base.service, files, depth + 1);
  if (typeof found === 'string') return found;
  const { extends: _, ...rest } = own;
  return { name, tree: merged(found.tree, rest) };
};

/** Why a service is not evaluated. */
const notEvaluated = (file: ComposeFile, name: string, why: string): Remark => ({
  line: file.document.rangeOf(['services', name]).line,
  why: `the service ${name} is not evaluated: ${why}`,
  isUnanswered: true,
});

/** A service that is evaluated, with the file that says it first. */
export interface Evaluated extends Whole {
  readonly from: ComposeFile;
}
/** What is evaluated of a file, and what is not. */
export interface Wholes {
  readonly wholes: readonly Evaluated[];
  readonly remarks: readonly Remark[];
}

/** A part of a file that is merged over another has neither image nor build. */
const isPart = ({ tree }: Whole): boolean =>
  !['image', 'build', 'provider'].some((key) => tree[key] !== undefined && tree[key] !== null);

/** The services that a file and its override declare, with those that are not evaluated. */
export const wholesIn = (file: ComposeFile, files: ComposeFiles): Wholes => {
  const remarks: Remark[] = [];
  const wholes: Evaluated[] = [];
  for (const [name, from] of servicesBy(file, files)) {
    const found = wholeService(file, name, files);
    if (typeof found === 'string') remarks.push(notEvaluated(from, name, found));
    else if (isPart(found))
      remarks.push(
        notEvaluated(
          from,
          name,
          'it has neither image nor build, so that it is a part of another file',
        ),
      );
    else wholes.push({ ...found, from });
  }
  return { wholes, remarks };
};
