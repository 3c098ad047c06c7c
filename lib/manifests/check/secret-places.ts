import type { HiddenPlace } from '../../templates/check/hidden-lines.ts';
import type { Document } from '../../templates/document/document.ts';
import { trimmed } from '../../templates/document/secret-lines.ts';
import type { Field } from '../model/field.ts';
import type { ManifestControl } from '../model/manifest-control.ts';
import type { Subject } from '../model/subject.ts';
import { secretsFoundBy } from './verdicts.ts';

/** `kubectl apply` keeps there what it was given, in one text with all values. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** The values of a Secret, also of one that is of a cluster and fails nothing. */
const valuesOf = ({ models: { values } }: Subject): readonly Field[] =>
  values?.kind === 'Secret'
    ? [['data'], ['stringData'], ['metadata', 'annotations', lastApplied]]
        .map((steps) => values.root.get(...steps))
        .filter(({ isSet }) => isSet)
    : [];

const none: readonly Field[] = [];
const secretsIn = (subject: Subject, controls: readonly ManifestControl[]): readonly Field[] => [
  ...valuesOf(subject),
  ...controls.flatMap((control) => {
    const found =
      subject.models[control.on] === undefined ? undefined : secretsFoundBy(control, subject);
    if (found?.status !== 'FAIL') return none;
    return found.faults.filter(({ isSecret }) => isSecret).map(({ said }) => said);
  }),
];

/** A range without a last line on which nothing of it stands; a large text is parted once. */
const createTrimming = () => {
  const linesOf = new Map<string, readonly string[]>();
  return (document: Document, { at }: Field): HiddenPlace['range'] => {
    const { text } = document;
    const lines = linesOf.get(text) ?? text.split('\n');
    linesOf.set(text, lines);
    return trimmed(document.rangeOf(at), lines);
  };
};

/** Where secrets stand, whatever somebody asks for and whatever the settings turn off. */
export const secretPlacesIn = (
  subjects: readonly Subject[],
  controls: readonly ManifestControl[],
): readonly HiddenPlace[] => {
  const finding = controls.filter(({ findsSecrets }) => findsSecrets);
  const placeOf = createTrimming();
  return subjects.flatMap((subject) =>
    secretsIn(subject, finding).map((said) => ({
      file: subject.document.file,
      range: placeOf(subject.document, said),
    })),
  );
};
