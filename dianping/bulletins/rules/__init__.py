"""通报: what may be told beyond the branch. Basis: 豫创组办发〔2010〕26号 四.1 (`适当方式`, `一定范围`); decision 0028."""
