import { asRecord, list } from '../../../lib/support/untyped.ts';
import type { Effects } from './effects.ts';

export const guardduty: Effects = {
  // What is not named stays: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html
  updateDetector: (snapshot, { Enable, Features }) => {
    const detector = asRecord(snapshot['detector']);
    const features = { ...asRecord(detector['features']) };
    for (const one of list(Features)) {
      const { Name, Status } = asRecord(one);
      features[String(Name)] = { ...asRecord(features[String(Name)]), isOn: Status === 'ENABLED' };
    }
    const isOn = Enable ?? detector['isOn'];
    return { ...snapshot, detector: { ...detector, isOn, features } };
  },
};
