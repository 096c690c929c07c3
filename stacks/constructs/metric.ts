/** A metric of CloudWatch. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** How a kind of API calls what it counts. */
export interface ApiMetrics {
  readonly requests: Metric;
  readonly serverErrors: Metric;
  readonly latency: Metric;
}
