/**
 * Resource types of earlier releases, and the types that replaced each, with the controls that moved there. Rows, actions and
 * messages of these types may still be stored, so that no entry is ever removed.
 */
const became: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'AWS::::Account': {
    'Plumbline::IAM::Account': [
      ...['IAM.4', 'IAM.6', 'IAM.7', 'IAM.9', 'IAM.10', 'IAM.11', 'IAM.12'],
      ...['IAM.13', 'IAM.14', 'IAM.15', 'IAM.16', 'IAM.17', 'IAM.18'],
    ],
    'Plumbline::S3::Account': ['S3.1'],
  },
  'Plumbline::AccountRegion': {
    'Plumbline::AccessAnalyzer::Region': ['IAM.28'],
    'Plumbline::Breakers': ['PL.BREAKER.1'],
    'Plumbline::CloudTrail::Region': ['PL.BLIND.1'],
    'Plumbline::Config::Region': ['PL.BLIND.2'],
    'Plumbline::Deployment': ['PL.BLIND.4', 'PL.BLIND.5'],
    'Plumbline::SecurityHub::Region': ['PL.BLIND.3'],
  },
};

/** The types that replaced a type; the type itself where none did. */
export const successorsOf = (type: string): readonly string[] =>
  Object.hasOwn(became, type) ? Object.keys(became[type] ?? {}) : [type];

/** The type that has these controls today. */
export const currentType = (type: string, controls: readonly string[]): string => {
  const [found] = Object.entries(became[type] ?? {}).find(([, ids]) =>
    controls.some((id) => ids.includes(id)),
  ) ?? [type];
  return found;
};

/** The former type that a type comes from; `undefined` where there is none. */
export const formerOf = (type: string): string | undefined =>
  Object.keys(became).find((former) => Object.hasOwn(became[former] ?? {}, type));

/** The controls that a type took over from its former one. */
export const takenOver = (type: string): readonly string[] =>
  became[formerOf(type) ?? '']?.[type] ?? [];

/** Every type that took over from another, for the test that holds them to the catalogue. */
export const successors: readonly string[] = Object.values(became).flatMap(Object.keys);

export const formerTypes: readonly string[] = Object.keys(became);
