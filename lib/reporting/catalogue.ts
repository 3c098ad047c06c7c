import { allControls } from '../controls/index.ts';
import { adviceUrl } from '../engine/findings/advice-url.ts';
import { canBePlanned } from '../engine/remediation/planning.ts';
import { hostControls } from '../hosts/index.ts';
import { isGlobal } from '../reports/compliance/is-global.ts';
import type { ControlAbout } from '../reports/compliance/report.ts';
import type { KnownControl } from '../reports/frameworks/resolve.ts';

const unknownControl: ControlAbout = { title: '', severity: '', advice: '', url: '' };

/** Every control, on AWS and on hosts, as reports need it. */
export interface Catalogue {
  readonly controls: readonly KnownControl[];
  about(id: string): ControlAbout;
  /** Whether `fix` can put a FAIL of it right. */
  canFix(id: string): boolean;
  /** Whether all that it evaluates is in no one region. */
  isGlobal(id: string): boolean;
}

export const catalogue = async (): Promise<Catalogue> => {
  const onAws = await allControls();
  const onHosts = hostControls.map(({ references, ...control }) => ({
    ...control,
    standards: references,
  }));
  const about = new Map<string, ControlAbout>([
    ...onAws.map((control): [string, ControlAbout] => [
      control.id,
      {
        title: control.title,
        severity: control.severity,
        advice: control.remediation.advice,
        url: adviceUrl(control),
      },
    ]),
    ...onHosts.map(({ id, title, severity, remediation }): [string, ControlAbout] => [
      id,
      { title, severity, advice: remediation.advice, url: '' },
    ]),
  ]);
  const global = new Set<string>(onAws.filter(isGlobal).map(({ id }) => id));
  const planned = new Set<string>(onAws.filter(canBePlanned).map(({ id }) => id));
  return {
    controls: [...onAws, ...onHosts],
    about: (id) => about.get(id) ?? unknownControl,
    canFix: (id) => planned.has(id),
    isGlobal: (id) => global.has(id),
  };
};
