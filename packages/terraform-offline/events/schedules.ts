import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../clock';
import type { Lambda } from '../lambda/service';
import { dueTimes } from '../schedule-expressions/schedule-expression';
import type { Schedule } from '../terraform/model/schedule';
import { scheduledEvent } from './scheduled-event';

export interface SchedulesOptions {
  readonly invokeAsync: Lambda['invokeAsync'];
  readonly log: (level: 'info' | 'warn', message: string) => void;
  readonly clock: Clock;
}

export interface Schedules {
  /** Fires these from now on. One that stays as it is keeps its times. */
  readonly update: (schedules: readonly Schedule[]) => void;
  /**
   * Fires one by hand, also one that is disabled.
   * @param name its name, or its address with or without the stack
   * @returns the schedule; several, none of which is fired, when the name is of several; none when it is of none
   */
  readonly fire: (name: string) => readonly Schedule[];
  /** The names of those that there are. */
  readonly names: () => readonly string[];
  readonly close: () => void;
}

interface Armed {
  readonly schedule: Schedule;
  readonly callOff: () => void;
}

/** Fires the rules and schedules of EventBridge when they are due. */
export function createSchedules({ invokeAsync, log, clock }: SchedulesOptions): Schedules {
  let armed: ReadonlyMap<string, Armed> = new Map();

  function run(schedule: Schedule, time: number, why: string): void {
    for (const target of schedule.targets) {
      const { functionArn } = target;
      log('info', `${schedule.address} ${why}: ${functionArn}`);
      const refused = invokeAsync({
        functionArn,
        payload: scheduledEvent(schedule, target, time),
        source: { kind: 'schedule', name: schedule.address },
      });
      if (refused) log('warn', `${schedule.address}: ${functionArn} is not invoked: ${refused.message}`);
    }
  }

  function arm(schedule: Schedule): Armed {
    const next = dueTimes(schedule);
    const madeAt = clock.now();
    let callOff: () => void = () => undefined;
    const wait = (after: number) => {
      const due = next(after, madeAt);
      if (due === undefined) return;
      callOff = clock.after(due - clock.now(), () => {
        run(schedule, due, 'is due');
        // What a machine that was asleep has missed is missed.
        wait(Math.max(due, clock.now()));
      });
    };
    if (schedule.enabled) wait(madeAt);
    return {
      schedule,
      callOff: () => {
        callOff();
      },
    };
  }

  return {
    update(schedules) {
      const next = new Map(
        schedules.map((schedule): [string, Armed] => {
          const old = armed.get(schedule.address);
          const stays = old && isDeepStrictEqual(old.schedule, schedule);
          return [schedule.address, stays ? old : arm(schedule)];
        }),
      );
      for (const [address, old] of armed) if (next.get(address) !== old) old.callOff();
      armed = next;
    },
    fire(name) {
      const all = [...armed.values()].map(({ schedule }) => schedule);
      const found = all.filter(
        (one) => one.name === name || one.address === name || one.address.endsWith(`: ${name}`),
      );
      const [only] = found;
      if (only && found.length === 1) run(only, clock.now(), 'is fired by hand');
      return found;
    },
    names: () => [...armed.values()].map(({ schedule }) => schedule.name),
    close() {
      for (const { callOff } of armed.values()) callOff();
    },
  };
}
