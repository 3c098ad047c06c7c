import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isSecurityHubs } from '../controls/is-security-hubs.ts';
import {
  type Baseline,
  defaultBaseline,
  parseBaseline,
  parseWithManifests,
} from '../engine/baseline/baseline.ts';
import { governedRegions, regionFault } from '../engine/baseline/baseline-regions.ts';
import type { Configurable } from '../engine/baseline/configurable.ts';
import { hostControls } from '../hosts/index.ts';
import { manifestControls } from '../manifests/index.ts';
import { type Attestation, customaryAttestations } from '../reports/compliance/attestation.ts';
import { attestationsIn } from '../reports/compliance/attestations-file.ts';
import type { FrameworkData } from '../reports/frameworks/framework.ts';
import { frameworks } from '../reports/frameworks/index.ts';
import { ownFramework } from '../reports/frameworks/own-framework.ts';
import { asText, whyNotRead } from '../support/file-failures.ts';
import { UserError } from '../support/user-error.ts';
import { type CheckSettings, customary, customaryHere } from './check-settings.ts';

const textOf = async (file: string): Promise<string> => {
  try {
    return asText(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new UserError(`the baseline ${file}: ${whyNotRead(cause)}`, { cause });
  }
};

const onHosts = hostControls.map(({ id, area, parameters = {} }) => ({
  id,
  area,
  parameters,
  standards: {},
  isAskedFor: area === 'deep',
}));

const elsewhere = {
  hosts: onHosts,
  manifests: manifestControls,
  frameworks: frameworks.map(({ id }) => id),
};

/** A baseline as it is written; `file` is named where something is wrong in it. */
export const baselineFrom = (
  text: string,
  file: string,
  controls: readonly Configurable[],
): Baseline => parseBaseline(text, file, controls, elsewhere);

/** The baseline in a file: the one named, else `plumbline.yaml` here, else every control with its defaults. */
export const baselineAt = async (
  path: string | undefined,
  controls: readonly Configurable[],
): Promise<Baseline> => {
  const file = path ?? customaryHere();
  return file === undefined
    ? defaultBaseline(controls)
    : baselineFrom(await textOf(file), file, controls);
};

/** A baseline that governs these regions and the home region, where any are said. */
const withRegions = (baseline: Baseline, regions: readonly string[] | undefined): Baseline => {
  if (regions === undefined) return baseline;
  const { homeRegion } = baseline;
  for (const region of regions) {
    const fault = regionFault(region, homeRegion);
    if (fault !== undefined) throw new UserError(`there is no region ${region} here; ${fault}`);
  }
  return { ...baseline, regions: governedRegions(homeRegion, regions) };
};

/** A baseline that governs other accounts as well, with the controls that are about these. */
const withGoverned = (
  baseline: Baseline,
  said:
    | { readonly accounts: readonly string[] }
    | { readonly organization: { readonly id: string } },
  controls: readonly Configurable[],
): Baseline => {
  const parsed = baselineFrom(
    JSON.stringify({ ...said, presets: ['all'] }),
    'accounts' in said ? 'the accounts' : 'the organization',
    controls.filter(({ onlyWithAccounts }) => onlyWithAccounts),
  );
  const { accounts, organization } = parsed;
  return {
    ...baseline,
    ...(accounts && { accounts }),
    ...(organization && { organization }),
    controls: { ...baseline.controls, ...parsed.controls },
  };
};

/** What somebody says beside a baseline. */
export interface SaidBeside {
  /** These regions and the home region are governed, and no others. */
  readonly regions?: readonly string[] | undefined;
  /** The other accounts that are governed. */
  readonly accounts?: readonly string[] | undefined;
  /** The id of the organization of which every account is governed. */
  readonly organization?: string | undefined;
  /** ARNs of operators beside those that the baseline names. */
  readonly operators?: readonly string[] | undefined;
}

/** A baseline as it counts with what somebody says beside it. */
export const withSaid = (
  baseline: Baseline,
  { regions, accounts = [], organization: id, operators = [] }: SaidBeside,
  controls: readonly Configurable[],
): Baseline => {
  const here = withRegions(baseline, regions);
  const lone = accounts.length === 0 ? here : withGoverned(here, { accounts }, controls);
  const all = id === undefined ? lone : withGoverned(lone, { organization: { id } }, controls);
  return { ...all, operators: [...new Set([...all.operators, ...operators])] };
};

/** The frameworks of somebody's own beside a baseline, by their files, of which reports are written by the clock. */
export const frameworksBeside = (
  { reports = [] }: Pick<Baseline, 'reports'>,
  controls: readonly Configurable[],
  path: string = customary,
): Readonly<Record<string, FrameworkData>> => {
  const builtIn = new Set(frameworks.map(({ id }) => id));
  const known = {
    controls: [...controls, ...onHosts].map(({ id }) => id),
    manifests: manifestControls.map(({ id }) => id),
  };
  const files = [...new Set(reports.map(({ standard }) => standard))].filter(
    (standard) => !builtIn.has(standard),
  );
  const found = new Map<string, string>();
  return Object.fromEntries(
    files.map((name) => {
      const file = join(dirname(path), name);
      if (!existsSync(file))
        throw new UserError(`reports name ${name}, and there is no ${file} beside the baseline`);
      const data = ownFramework(readFileSync(file, 'utf8'), file, isSecurityHubs, known);
      if (builtIn.has(data.id))
        throw new UserError(`${file}: the id ${data.id} is of a framework that is built in`);
      const other = found.get(data.id);
      if (other !== undefined)
        throw new UserError(`${file}: the id ${data.id} is that of ${other}`);
      found.set(data.id, file);
      return [name, data];
    }),
  );
};

/** What people attest beside a baseline, for reports by the clock. */
export const attestationsBeside = (path: string = customary): readonly Attestation[] => {
  const file = join(dirname(path), customaryAttestations);
  return existsSync(file) ? attestationsIn(readFileSync(file, 'utf8'), file) : [];
};

/** What a file says for files that are checked; without one what counts then. */
export const settingsIn = async (
  file: string | undefined,
  controls: readonly Configurable[],
): Promise<CheckSettings> => {
  const text = file === undefined ? '{}' : await textOf(file);
  return parseWithManifests(text, file ?? customary, controls, elsewhere);
};
