import type { EventDetail, IdsIn } from '../../model/resource-type.ts';
import { isOmitted } from '../../support/omitted.ts';
import { textsAt } from '../ids.ts';

/** Where an event names an API and a part of it. */
interface Naming {
  /** `restApiId` of a REST API, `apiId` of the others: calls of both kinds have the same names and the same source. */
  readonly api: 'restApiId' | 'apiId';
  /** The part of the API that is meant. @default - any */
  readonly part?: 'stageName' | 'routeId';
  /** What it means that no part is named. @default all */
  readonly otherwise?: 'all' | 'none';
}

/** What REST APIs call these in their paths; records of REST services have either name. */
const inPaths: Readonly<Record<string, string>> = {
  restApiId: 'restapi_id',
  stageName: 'stage_name',
};

const at = (detail: EventDetail, name: string): string | undefined => {
  const names = [name, inPaths[name] ?? name];
  const [found] = (['requestParameters', 'responseElements'] as const).flatMap((part) =>
    names.flatMap((one) => textsAt(detail, part, one)),
  );
  // As part of a path the stage `$default` can be encoded.
  return found?.replaceAll('%24', '$');
};

/** `api/part`. An event of an API of the other kind names none. */
export const partsNamed =
  ({ api, part, otherwise = 'all' }: Naming): IdsIn =>
  (detail) => {
    if (isOmitted(detail)) return 'all';
    const found = at(detail, api);
    if (found === undefined) return [];
    const named = part === undefined ? undefined : at(detail, part);
    if (named !== undefined) return [`${found}/${named}`];
    return otherwise === 'all' ? 'all' : [];
  };

/** The API and the part of it that an id names. */
export const partsOf = (id: string): readonly [api: string, part: string] => {
  const [api = '', ...part] = id.split('/');
  return [api, part.join('/')];
};
