import { describeImages } from '#test/contracts/images.ts';
import { createImages } from '#workers/images/images.ts';

describeImages('in the process', () => createImages());
