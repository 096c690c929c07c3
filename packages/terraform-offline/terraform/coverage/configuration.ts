import { type Coverage, served, withoutEffect } from './coverage';

/** What a configuration asks of the account, and makes of the files beside it. */
const archive = {
  exclude_symlink_directories: withoutEffect,
  excludes: served,
  output_file_mode: withoutEffect,
  output_path: served,
  source: { content: served, filename: served },
  source_content: served,
  source_content_filename: served,
  source_dir: served,
  source_file: served,
  type: withoutEffect,
};

export const configuration: Coverage = {
  archive_file: archive,
  'data.archive_file': archive,
  'data.aws_caller_identity': served,
  'data.aws_partition': served,
  'data.aws_region': served,
};
