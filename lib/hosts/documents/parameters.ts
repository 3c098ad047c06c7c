import type { DocumentParameter } from '../compile.ts';
import { areas } from '../control.ts';

const list = (item: string): string => `${item}(,${item})*`;
const id = 'PL[.][A-Z0-9]{2,4}[.][0-9]{1,2}';
const setting = `${id}[.][A-Za-z]{1,40}=[A-Za-z0-9][A-Za-z0-9_.-]{0,63}`;

/** Which areas are evaluated; `deep` searches the whole disk and is meant only where it is named. */
export const areasParameter: DocumentParameter = {
  description: `all (but deep), or some of ${areas.join(', ')}, parted by commas`,
  default: 'all',
  pattern: `all|${list(`(${areas.join('|')})`)}`,
};
export const controlsParameter: DocumentParameter = {
  description: 'all, or ids of controls parted by commas: PL.SSH.1,PL.NET.3',
  default: 'all',
  pattern: `all|${list(id)}`,
};
export const settingsParameter: DocumentParameter = {
  description: 'none, or parameters of controls parted by spaces: PL.SSH.6.max=3 PL.SSH.7.max=30',
  default: 'none',
  pattern: `none|${setting}( ${setting})*`,
};

/** Reads the three; areas that are `all` become the list of them. */
export const readParameters: readonly string[] = [
  `ssm Areas '${areasParameter.pattern}'`,
  `AREAS=$REPLY`,
  `[[ $AREAS != all ]] || AREAS=${areas.filter((area) => area !== 'deep').join(',')}`,
  `ssm Controls '${controlsParameter.pattern}'`,
  `CONTROLS=$REPLY`,
  `ssm Parameters '${settingsParameter.pattern}'`,
  `PARAMETERS=$REPLY`,
];
