check:
	./run check && ./run test

.PHONY: check
