import type { Clock } from '../../clock';
import type { EventSourceMapping } from '../../terraform/model/event-source-mapping';
import type { StreamRecord } from './stream-record';

/** How far an event source mapping is; the first members as Lambda tells them. */
export interface MappingState extends Pick<EventSourceMapping, 'address' | 'functionArn' | 'streamArn'> {
  /** https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
  readonly state: 'Enabled' | 'Disabled';
  readonly lastProcessingResult: 'No records processed' | 'OK' | 'PROBLEM: Function call failed';
  /** Why the function failed for the batch at hand, or for the last that was given up; undefined once one has succeeded. */
  readonly problem: string | undefined;
  /** Records that were read, and are not done. */
  readonly waiting: number;
  /** How old the first of them is. */
  readonly iteratorAgeMs: number | undefined;
  /** How often the function has failed for the batch at hand. */
  readonly failures: number;
  readonly delivered: number;
  readonly givenUp: number;
}

/** Takes note of how far a mapping is. */
export class MappingProgress {
  private lastProcessingResult: MappingState['lastProcessingResult'] = 'No records processed';
  private problem: string | undefined;
  private failures = 0;
  private delivered = 0;
  private givenUp = 0;
  /** Those that were read, and are not done. */
  pending: readonly StreamRecord[] = [];

  /** The function has done what the records ask for. */
  succeeded(records: number): void {
    this.delivered += records;
    this.lastProcessingResult = 'OK';
    this.problem = undefined;
    this.failures = 0;
  }

  /** @param times how often, for the same batch */
  failed(times: number, problem: string): void {
    this.lastProcessingResult = 'PROBLEM: Function call failed';
    this.problem = problem;
    this.failures = times;
  }

  gaveUp(records: number): void {
    this.givenUp += records;
    this.failures = 0;
  }

  stateOf({ address, functionArn, streamArn, enabled }: EventSourceMapping, clock: Clock): MappingState {
    const { lastProcessingResult, problem, failures, delivered, givenUp, pending } = this;
    const [oldest] = pending;
    return {
      address,
      functionArn,
      streamArn,
      state: enabled ? 'Enabled' : 'Disabled',
      lastProcessingResult,
      problem,
      waiting: pending.length,
      iteratorAgeMs: oldest && Math.max(0, clock.now() - oldest.dynamodb.ApproximateCreationDateTime * 1000),
      failures,
      delivered,
      givenUp,
    };
  }
}
