"""Labs: pages that answer one question by letting people see it. See `lab.Lab` for what one is made of."""
