import type { IdsIn, Reader } from '../../model/resource-type.ts';
import { ssm } from '../../services/ssm.ts';
import { breakerNamed, type InAccount } from '../../support/breaker-name.ts';
import { isOmitted } from '../../support/omitted.ts';
import { textsAt } from '../ids.ts';
import { here } from './here.ts';
import { breakersType } from './own-names.ts';
import { homeWide } from './wide.ts';

/**
 * Below it an SSM parameter for each control whose breaker has tripped: `/plumbline/breakers/S3.8`, and
 * `/plumbline/breakers/S3.8-444455556666` for another account.
 */
export const breakersPath = '/plumbline/breakers/';

const untilIn = (text: string): string | undefined => {
  const [, until] = /"until"\s*:\s*"([^"]+)"/.exec(text) ?? [];
  return until !== undefined && !Number.isNaN(Date.parse(until)) ? until : undefined;
};

/** The breakers of remediation that have tripped: the control, and until when; a time that cannot be read is none. */
const readBreakers = async (reader: Reader) => {
  const breakers: (InAccount & { readonly until: string | undefined })[] = [];
  const asked = { Path: breakersPath.slice(0, -1) };
  for await (const { Parameters = [] } of reader.pages('ssm', 'getParametersByPath', asked)) {
    for (const { Name = '', Value = '' } of Parameters) {
      breakers.push({ ...breakerNamed(Name.slice(breakersPath.length)), until: untilIn(Value) });
    }
  }
  return breakers;
};

/** The region, where the call names the parameter of a breaker: most parameters are not ours. */
const hereIfBreaker: IdsIn = (detail, account) => {
  const names = ['name', 'names'].flatMap((name) => textsAt(detail, 'requestParameters', name));
  // An ARN of a parameter has its path after `parameter`.
  const isBreaker = names.some((name) =>
    name.replace(/^arn:.*:parameter/, '').startsWith(breakersPath),
  );
  return isBreaker || isOmitted(detail) ? here(detail, account) : [];
};

/** The breakers of our own remediation. */
export const breakers = homeWide({
  type: breakersType,
  announcements: [
    {
      via: 'cloudtrail',
      source: ssm.eventSource,
      calls: {
        PutParameter: ['breakers'],
        DeleteParameter: ['breakers'],
        DeleteParameters: ['breakers'],
      },
      idsIn: hereIfBreaker,
    },
  ],
  facets: {
    breakers: {
      actions: ['ssm:GetParametersByPath'],
      read: readBreakers,
    },
  },
});
