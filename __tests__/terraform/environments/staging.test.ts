import { describeEnvironment } from '../support/environment';

describeEnvironment('staging', 14);
