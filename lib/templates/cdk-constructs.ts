import { relative } from 'node:path';
import { saysSomething } from '../support/says-something.ts';
import { asRecord, list, text } from '../support/untyped.ts';
import { isControlId } from './check/suppressions.ts';

/** A rule that somebody acknowledged with `Validations.of(scope).acknowledge`. */
export interface Acknowledgement {
  readonly reason: string;
  /** The path of the construct, which it counts for with all that is below. */
  readonly at: string;
}

/** What an output of the CDK says of the constructs of a stack. */
export interface Constructs {
  /** The path of what made a resource; `undefined` where several nested stacks have one of that name. */
  pathOf(logicalId: string): string | undefined;
  /** The template of a nested stack, beside that of its parent. */
  templateOf(logicalId: string): string | undefined;
  /** Where an app makes it, as far as its output says so: `cdk synth --debug` does. */
  madeAt(path: string): MadeAt | undefined;
  /** What counts for a construct: the one that is nearest to it. */
  acknowledged(control: string, path: string): Acknowledgement | undefined;
  /** All of them. */
  readonly acknowledgements: readonly (Acknowledgement & { readonly control: string })[];
}
export interface MadeAt {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `new Shop (/app/lib/shop.ts:10:5)`, without a name, or as `file:///app/lib/shop.ts:10 (:)`. */
const frame = /(?:^|[\s(])(?:file:\/\/)?((?:[A-Za-z]:)?[\\/][^\s():]+):(\d+)(?::(\d+))?/;
const placeIn = (trace: readonly unknown[]): MadeAt | undefined => {
  for (const one of trace) {
    const [, file = '', line, column = '1'] = frame.exec(text(one)?.trim() ?? '') ?? [];
    if (file === '' || /(?:^|[\\/])node_modules[\\/]/.test(file)) continue;
    return { file: shownFrom(file), line: Number(line), column: Number(column) };
  }
  return undefined;
};

/** Resources of a stack are made in few files. */
const shownFrom = (() => {
  let known: { readonly file: string; readonly shown: string } | undefined;
  return (file: string): string => {
    if (known?.file !== file) known = { file, shown: relative(process.cwd(), file) };
    return known.shown;
  };
})();

/**
 * The control that a rule of an app is: one in the namespace of our plugin. Where somebody gives none the CDK writes its own,
 * and there the rules of every other plugin stand, such as `AwsSolutions-S1`: none of them is written as a control.
 */
const controlIn = (rule: string): string | undefined => {
  const [, namespace, id = ''] = /^(Plumbline|Annotation)::(.*)$/s.exec(rule) ?? [];
  return namespace === 'Plumbline' || isControlId(id) ? id : undefined;
};

const above = (path: string): readonly string[] => {
  const steps = path.split('/');
  return steps.map((_, index) => steps.slice(0, steps.length - index).join('/'));
};

const types = {
  logicalId: 'aws:cdk:logicalId',
  template: 'aws:cdk:templateFile',
  trace: 'aws:cdk:creationStack',
  acknowledged: 'aws:cdk:acknowledged-rules',
} as const;

/** Cheap: what a text of such metadata can say, beside the names of constructs. */
export const isSaidIn = (text: string) => ({
  traces: text.includes(types.trace),
  acknowledgements: text.includes(types.acknowledged),
});

/** Reads the metadata of a stack's constructs, by their paths. */
export const constructsIn = (metadata: unknown): Constructs => {
  const paths = new Map<string, string | undefined>();
  const templates = new Map<string, string>();
  const traces = new Map<string, readonly unknown[]>();
  const acknowledgements: (Acknowledgement & { readonly control: string })[] = [];
  for (const [key, entries] of Object.entries(asRecord(metadata))) {
    const path = key.startsWith('/') ? key.slice(1) : key;
    for (const one of list(entries)) {
      const { type, data } = asRecord(one);
      if (type === types.logicalId && typeof data === 'string')
        paths.set(data, paths.has(data) ? undefined : path);
      if (type === types.template && typeof data === 'string') templates.set(path, data);
      if (type === types.trace) traces.set(path, list(data));
      if (type === types.acknowledged)
        for (const [rule, reason] of Object.entries(asRecord(data))) {
          const control = controlIn(rule);
          if (control !== undefined)
            acknowledgements.push({ control, reason: (text(reason) ?? '').trim(), at: path });
        }
    }
  }
  return {
    pathOf: (logicalId) => paths.get(logicalId),
    // The resource of the nested stack `Shop/Inner` is `Shop/Inner.NestedStack/Inner.NestedStackResource`.
    templateOf: (logicalId) =>
      templates.get(paths.get(logicalId)?.replace(/\.NestedStack\/[^/]+$/, '') ?? ''),
    madeAt: (path) => placeIn(traces.get(path) ?? []),
    acknowledged(control, path) {
      const own = acknowledgements.filter(
        (one) => one.control === control && saysSomething(one.reason),
      );
      if (own.length === 0) return undefined;
      return above(path)
        .map((each) => own.find(({ at }) => at === each))
        .find((one) => one !== undefined);
    },
    acknowledgements,
  };
};
