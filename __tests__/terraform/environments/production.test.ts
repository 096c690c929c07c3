import { describeEnvironment } from '../support/environment';

describeEnvironment('production', 365);
