"""The policy: rules as data beside their clauses, dated figures, and the facts that they read."""
