import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget';
import type { SystemStack } from '../constructs/system-stack';

/**
 * Tells an address when a system costs more in a month than it should, or is about to. It counts by the tag `system`, which is
 * to be activated once: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 */
export function limitCost(system: SystemStack, name: string, dollars: number, email: string): void {
  new BudgetsBudget(system, 'budget', {
    name,
    budgetType: 'COST',
    timeUnit: 'MONTHLY',
    limitAmount: String(dollars),
    limitUnit: 'USD',
    costFilter: [{ name: 'TagKeyValue', values: [`user:system$${system.node.id}`] }],
    notification: ['ACTUAL', 'FORECASTED'].map((notificationType) => ({
      notificationType,
      comparisonOperator: 'GREATER_THAN',
      threshold: 100,
      thresholdType: 'PERCENTAGE',
      subscriberEmailAddresses: [email],
    })),
  });
}
