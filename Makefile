# Other names for ./run, for those whose fingers know make.
.PHONY: run test check stop reset doctor
run:
	@./run
test check stop reset doctor:
	@./run $@
