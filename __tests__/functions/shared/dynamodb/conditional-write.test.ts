import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { conditionalWrite } from '../../../../functions/shared/dynamodb/conditional-write';

const failedAfter = (attempts: number | undefined) =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: { attempts } });

test('a write that succeeds needs no explanation', async () => {
  const explain = jest.fn();
  await expect(conditionalWrite(() => Promise.resolve('written'), explain)).resolves.toBe('written');
  expect(explain).not.toHaveBeenCalled();
});

test.each([
  [1, false],
  [undefined, false],
  [2, true],
  [3, true],
])('a condition that failed after %p attempts was retried: %p', async (attempts, retried) => {
  const explained = conditionalWrite<unknown>(
    () => Promise.reject(failedAfter(attempts)),
    (failure) => Promise.resolve(failure),
  );
  await expect(explained).resolves.toEqual({ retried });
});

test('any other failure is passed on', async () => {
  const explain = jest.fn();
  await expect(conditionalWrite(() => Promise.reject(new Error('other')), explain)).rejects.toThrow('other');
  expect(explain).not.toHaveBeenCalled();
});
