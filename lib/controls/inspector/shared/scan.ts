import {
  defineControl,
  fail,
  notApplicable,
  pass,
  type Snapshot,
  unknown,
} from '../../../model/control.ts';
import { inspectorRegion } from '../../../resources/account/inspector-region.ts';

type Scan = keyof Snapshot<typeof inspectorRegion, 'scans'>['scans'];

/** That Inspector scans something of the account in the region. */
export const isScanned = (
  scan: Scan,
  told: {
    readonly id: `Inspector.${number}`;
    readonly title: string;
    readonly rationale: string;
    readonly advice: string;
    readonly pci: readonly string[];
    /** Some regions do not have it. @default - each has */
    readonly isOptional?: true;
  },
) =>
  defineControl(inspectorRegion, {
    id: told.id,
    title: told.title,
    severity: 'HIGH',
    rationale: told.rationale,
    standards: { 'fsbp-1.0.0': [told.id], 'pci-dss-4.0.1': told.pci },
    needs: ['scans'],
    evaluate({ scans }) {
      const status = scans[scan];
      if (status === undefined)
        // An answer that names nothing does not say what is offered.
        return told.isOptional && scans.instances !== undefined
          ? notApplicable('Inspector does not offer it in the region')
          : unknown(`${scan} is not in the answer of Inspector`);
      // It is on its way, and settles.
      if (status === 'ENABLED' || status === 'ENABLING') return pass;
      return fail(`Inspector does not scan ${scan} here`, [
        { path: `scans.${scan}`, actual: status, expected: 'ENABLED' },
      ]);
    },
    // AWS charges it by what is scanned.
    remediation: { advice: told.advice },
  });
